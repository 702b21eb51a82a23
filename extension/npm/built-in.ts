/** What the build puts in. */
import style from "hubscope:report-style";

declare const hubscopeVersion: string;

export const version: string = hubscopeVersion;
export const reportStyle: string = style;
