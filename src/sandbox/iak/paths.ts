/** V1: what is meant stands in `commands`. */
export const legacyPath = '/v1/legacy/index';
export const legacyPaths = [legacyPath, `${legacyPath}/:type`, `${legacyPath}/:type/:operator`];

/** Postpaid: the same. */
export const billPath = '/api/v1/bill/check';
export const billPaths = [billPath, `${billPath}/:type`];
