/** V1: what is meant stands in `commands`. */
export const legacyPath = '/v1/legacy/index';
export const legacyPaths = [legacyPath, `${legacyPath}/:type`, `${legacyPath}/:type/:operator`];
