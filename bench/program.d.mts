/** @param name of a file beside it @returns where it is as one file that Node runs */
export function program(name: string): Promise<{ path: string; remove(): void }>;
