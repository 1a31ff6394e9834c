export declare function inAscii(code: string, name: string): string;
