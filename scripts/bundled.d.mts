export declare const bundledText: import('esbuild').Plugin;
export declare const bundledModule: import('vitest/config').ViteUserConfig['plugins'];
