import { Fragment } from "preact";
import type { Trouble } from "../../extension/core/diagnosis/hang.ts";
import type { AttemptModel, HubConnectionModel } from "../../extension/core/model/types.ts";
import { attemptSteps, isLadder } from "../../extension/wording/attempt-steps.ts";
import { fellBack } from "../../extension/wording/words.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { Waterfall } from "./waterfall.tsx";
import { retryPlan } from "../../extension/wording/hub-words.ts";
import { counted, duration, whole } from "../../extension/core/text/format.ts";
import { CodeTag } from "./tags.tsx";
import { attemptWordsAt } from "../../extension/wording/running-words.ts";
import { useContentContext } from "./content-context.ts";
import { PartHeading } from "./part-heading.tsx";

const exact = (ms: number): string => (ms < 60_000 ? `${whole(ms)} ms` : duration(ms));

export function Attempts({ one, hub }: { one: Trouble; hub: HubConnectionModel }) {
  const { maxAttempts: max } = useContentContext();
  const { attempts } = one;
  // The client asks its retry policy after an interruption only, not after a failed start.
  const policy = one.kind === "interruption" ? retryPlan(hub) : null;
  const hidden = attempts.length - max;
  const shown = hidden > 0 ? [...attempts.slice(0, max / 2), ...attempts.slice(-max / 2)] : attempts;
  return (
    <>
      <PartHeading>Attempts {policy !== null && <span class="dim">retry delays {policy}</span>}</PartHeading>
      {attempts.length === 0 ? (
        <p class="soft">No attempts.</p>
      ) : (
        <table class="tries">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col" class="r">
                Planned
              </th>
              <th scope="col" class="r">
                Actual
              </th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((attempt, i) => (
              <Fragment key={attempt.from}>
                {hidden > 0 && i === max / 2 && (
                  <tr>
                    <td colSpan={4} class="dim">
                      {counted(hidden, "more attempt")}
                    </td>
                  </tr>
                )}
                <AttemptRow attempt={attempt} hub={hub} />
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function AttemptRow({ attempt, hub }: { attempt: AttemptModel; hub: HubConnectionModel }) {
  const { now, pointAt, LongText } = useContentContext();
  const steps = attemptSteps(attempt, hub);
  const { tag, tone, text } = attemptWordsAt(attempt, hub, now);
  const { from, startedAt, endedAt } = attempt;
  const took =
    attempt.outcome.kind === "connected" && startedAt !== null && endedAt !== null
      ? ` in ${exact(endedAt - startedAt)}`
      : "";
  return (
    <>
      <tr
        onMouseEnter={
          pointAt &&
          (() => {
            pointAt(startedAt ?? from);
          })
        }
      >
        <td>{attempt.origin === "resume" ? "resume" : attempt.number}</td>
        <td class="r">
          {attempt.origin === "start" ? (
            <span class="dim">{hub.circuit === null ? "by the app" : "by Blazor"}</span>
          ) : attempt.origin === "resume" ? (
            <span class="dim">at once</span>
          ) : attempt.planned === null ? (
            <span class="dim">not known</span>
          ) : (
            exact(attempt.planned)
          )}
        </td>
        <td class="r">
          {attempt.origin === "start" && startedAt === from ? null : startedAt !== null ? (
            exact(startedAt - from)
          ) : (
            <span class="dim">
              {exact((endedAt ?? now) - from)}
              {endedAt === null && " so far"}
            </span>
          )}
        </td>
        <td class="wrap">
          {tag && tone !== "none" && <CodeTag tone={tone}>{tag}</CodeTag>}
          <LongText
            text={startedAt === null && endedAt !== null ? "cancelled while waiting" : visibleText(text)}
          />
          {took}
          {fellBack(attempt) && attempt.outcome.kind === "connected" && ", after fallback"}
        </td>
      </tr>
      {isLadder(steps) && (
        <tr>
          <td colSpan={4} class="steps wrap">
            <Waterfall steps={steps} />
          </td>
        </tr>
      )}
    </>
  );
}
