/** Thousands of rows are laid out when they come into view. A few hundred need none of it, and print and copy better. */
export const styleLarge = `
.large li[data-v], .large li[data-d] { content-visibility: auto; }
.large .cards > li { contain-intrinsic-size: auto 4.1rem; }
.large .cases > li { contain-intrinsic-size: auto 2.2rem; }
.large .list > li { contain-intrinsic-size: auto 3.5rem; }
.large .chart li { contain-intrinsic-size: auto 1.5rem; }
@media (max-width: 56rem) {
	.large .chart li { contain-intrinsic-size: auto 3rem; }
}
`;
