namespace CfAccess.Emulator.Pages;

/// <summary>The one style sheet.</summary>
internal static class PageStyle
{
    public static readonly string Css = """
        :root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #f6f7f9; --card: #fff; --line: #d5dae0; --edge: #818b98;
          --accent: #a84400; --good: #116329; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8eaed; --soft: #a3adb8; --paper: #15181c; --card: #1e2329; --line: #39414a; --edge: #7d8691; --accent: #ff9d57;
            --good: #6fdd8b; --bad: #ff8a80; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 2rem 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main, section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem; }
        main { max-width: 26rem; margin: 0 auto; }
        .wide main { max-width: 60rem; padding: 0; background: none; border: 0; }
        section { margin: 1rem 0; }
        .note { margin: 0 0 1rem; color: var(--accent); font-size: .875rem; font-weight: 600; }
        h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.25; }
        h2 { margin: 0 0 .75rem; font-size: 1.0625rem; line-height: 1.25; }
        p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere; }
        p:last-child { margin-bottom: 0; }
        form { display: grid; gap: .75rem; margin-bottom: 1rem; }
        label { display: grid; gap: .25rem; color: var(--soft); font-size: .875rem; }
        input, select { padding: .625rem .75rem; font: inherit; font-size: 1rem; color: var(--ink); background: var(--paper);
          border: 1px solid var(--edge); border-radius: .5rem; width: 100%; }
        ::placeholder { color: var(--soft); opacity: 1; }
        button { padding: .75rem 1rem; text-align: left; font: inherit; color: inherit; background: transparent; border: 1px solid var(--edge);
          border-radius: .5rem; cursor: pointer; overflow-wrap: anywhere; }
        button:hover { border-color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        button strong, button span { display: block; }
        button span { color: var(--soft); font-size: .875rem; }
        a { color: var(--accent); }
        hr { border: 0; border-top: 1px solid var(--line); margin: 1.25rem 0; }
        ul { list-style: none; margin: 0; padding: 0; }
        li { padding: .75rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        li:first-child { border-top: 0; padding-top: 0; }
        li:last-child { padding-bottom: 0; }
        ul + p { margin-top: 1rem; }
        li p { margin: 0; font-size: .875rem; }
        .buttons, .buttons form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
        .buttons { margin-top: .5rem; }
        .buttons button, .copy { padding: .375rem .75rem; font-size: .875rem; }
        .copy { display: none; margin-top: .5rem; }
        .scripts .copy { display: inline-block; }
        details { margin-top: .5rem; font-size: .875rem; }
        summary { cursor: pointer; color: var(--accent); }
        pre { margin: .5rem 0 0; padding: .75rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
          white-space: pre-wrap; overflow-wrap: anywhere; font: .8125rem/1.45 ui-monospace, monospace; max-height: 12rem; overflow-y: auto; }
        code { font: .875em ui-monospace, monospace; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .requests li { display: grid; grid-template-columns: 5.5rem 3rem 1fr; column-gap: .75rem; padding: .375rem 0; font-size: .875rem; }
        .requests p { grid-column: 3; }
        .requests time { color: var(--soft); }
        @media (max-width: 30rem) { .requests p { grid-column: 1 / -1; } }
        """.ReplaceLineEndings("\n");
}
