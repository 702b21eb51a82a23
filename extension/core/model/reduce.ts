import { judge, judgeStart } from "../diagnosis/judge.ts";
import { createReducerWith, type Reducer } from "./reducer.ts";

export type { Reducer };

/** The reduction with its verdicts, which are large: who shows a model before any verdict loads them later. */
export const createReducer = (): Reducer => createReducerWith({ judge, judgeStart });
