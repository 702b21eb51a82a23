import { judge, judgeStart } from "../../extension/core/diagnosis/judge.ts";
import { setJudges } from "./late-judges.ts";

setJudges({ judge, judgeStart });
