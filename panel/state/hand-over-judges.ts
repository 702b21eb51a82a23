import { judge, judgeStart } from "../../extension/core/model/causes/judge.ts";
import { setJudges } from "./late-judges.ts";

setJudges({ judge, judgeStart });
