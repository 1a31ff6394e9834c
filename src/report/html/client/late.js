// Runs once the page is there. Every part reaches the page's data through textContent alone.
import './unfold.js';
import './filter.js';
import './reveal.js';
import './keys.js';
import './copy.js';
import './tooltip.js';
import './print.js';
