/** How the fields were written. */
export type Encoding = 'form' | 'json' | 'xml' | 'query';
