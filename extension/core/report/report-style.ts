/** The report's style sheet: light and dark by the reader's own preference, and fit for paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--sub:#f6f7f9;--line:#e4e7ec;--fg:#1b1f26;--fg2:#4a525f;--accent:#1a62cc;--bad:#b8320f;--warn:#8a5000;--good:#0d7060;--violet:#743abe;
--connected:#d3ece5;--connected-e:#12806f;--reconnecting:#ffdc94;--reconnecting-e:#a86200;--disconnected:#f8c9bd;--disconnected-e:#bf3717;--connecting:#e6ecf5;--connecting-e:#587aa8;--stopped:#f1f3f6;--stopped-e:#7a8391;--resumed:#bfe2f6;--resumed-e:#0e72ab;--hidden:#d5dae2;--frozen:#9db0c8;--off:#3f4754;--socket:#e3e8ef;--in:#3f74cf;--out:#77818f}
@media (prefers-color-scheme:dark){:root{--bg:#1a1c1f;--sub:#212327;--line:#34383e;--fg:#e6e8eb;--fg2:#b4bac4;--accent:#84b4fb;--bad:#f58a70;--warn:#edb457;--good:#5cc3b0;--violet:#ba8ff5;
--connected:#1d3f3a;--connected-e:#45b5a2;--reconnecting:#66470e;--reconnecting-e:#eeae42;--disconnected:#642a1e;--disconnected-e:#f07d61;--connecting:#2a3442;--connecting-e:#8ba6cc;--stopped:#24272b;--stopped-e:#868e9a;--resumed:#16415b;--resumed-e:#57b6e8;--hidden:#383e46;--frozen:#4a6283;--off:#b9c0cb;--socket:#2d3239;--in:#6f9fee;--out:#8a939f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1180px;padding:28px 28px 60px;font:14px/21px system-ui,-apple-system,"Segoe UI",Roboto,Ubuntu,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;color:var(--fg);background:var(--bg)}
h1{font-size:22px;line-height:30px;margin:0}h2{font-size:16px;line-height:24px;margin:34px 0 10px}h3{font-size:14px;margin:0}table+h3,.wide+h3,p+h3{margin-top:18px}
p{margin:4px 0}a{color:var(--accent)}.dim{color:var(--fg2)}code{font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:13px}th{font-weight:400;color:var(--fg2);text-align:left;border-bottom:1px solid var(--line);padding:3px 14px 3px 0}td{padding:3px 14px 3px 0;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:break-word}.r{text-align:right;white-space:nowrap}
.figures{display:flex;flex-wrap:wrap;gap:10px 34px;margin-top:14px}.figures b{display:block;font-size:20px;line-height:26px;font-weight:600}
.card{border:1px solid var(--line);border-radius:6px;padding:12px 16px;margin:10px 0;break-inside:avoid}.card header{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline}
.tag{font-size:11px;line-height:16px;border:1px solid var(--fg2);border-radius:3px;padding:0 6px;color:var(--fg2)}.tag.wire{border-style:dashed}.tag.injected{color:var(--violet);border-color:var(--violet)}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(340px,100%),1fr));gap:6px 32px;margin-top:8px}.label{color:var(--fg2);font-size:12px;margin-top:6px}
ul{margin:2px 0;padding:0;list-style:none}li{display:grid;grid-template-columns:96px 44px minmax(0,1fr);gap:8px;overflow-wrap:break-word}
.steps li{grid-template-columns:150px 60px minmax(0,1fr);border-left:3px solid var(--connecting-e);padding-left:8px}.steps li.ok{border-color:var(--connected-e)}.steps li.failed{border-color:var(--disconnected-e)}.unrecorded li{grid-template-columns:minmax(0,230px) minmax(0,1fr) minmax(0,1.4fr)}
.wide{overflow-x:auto;margin-top:8px}.timeline{display:block;width:100%;min-width:760px;height:auto}.timeline text{font-size:10px;fill:var(--fg2)}.timeline .name{font-size:11px;font-weight:600;fill:var(--fg)}
.grid,.rule{stroke:var(--line)}.page-visible{fill:var(--sub)}.page-hidden{fill:var(--hidden)}.page-frozen{fill:var(--frozen)}.offline{fill:var(--off)}.socket{fill:var(--socket)}.ghost{fill:none;stroke:var(--fg2);stroke-dasharray:3 2}.tried{fill:var(--disconnected-e)}.unclean{fill:var(--disconnected-e)}.in{fill:var(--in)}.out{fill:var(--out)}
.state.connected{fill:var(--connected)}.state.reconnecting{fill:var(--reconnecting)}.state.disconnected{fill:var(--disconnected)}.state.connecting{fill:var(--connecting)}.state.stopped{fill:var(--stopped)}.state.resumed{fill:var(--resumed)}
.edge-connected{fill:var(--connected-e)}.edge-reconnecting{fill:var(--reconnecting-e)}.edge-disconnected{fill:var(--disconnected-e)}.edge-connecting{fill:var(--connecting-e)}.edge-stopped{fill:var(--stopped-e)}.edge-resumed{fill:var(--resumed-e)}
.ink-reconnecting{stroke:var(--reconnecting-e);opacity:.28}.ink-disconnected{stroke:var(--disconnected-e);opacity:.5}.ink-injected{stroke:var(--violet);opacity:.3}.timeline .injected{fill:var(--violet);opacity:.08}.timeline .on-injected{fill:var(--violet)}.injected-edge{stroke:var(--violet)}
@media (max-width:520px){body{padding:16px 14px 40px}.card{padding:10px 12px}li{grid-template-columns:auto 1fr;gap:0 8px;margin-bottom:6px}li>:last-child{grid-column:1/-1}.wide table{min-width:640px}.unrecorded li{grid-template-columns:1fr}td,th{padding-right:9px}}
@media print{.wide{overflow:visible}.timeline{min-width:0}body{padding:0}h2{break-after:avoid}}
`;
