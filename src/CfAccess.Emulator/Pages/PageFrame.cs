using System.Text.Encodings.Web;

namespace CfAccess.Emulator.Pages;

/// <summary>What every page of the emulator has around its own content.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #f6f7f9; --card: #fff; --line: #d5dae0; --edge: #818b98;
          --accent: #b54a00; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8eaed; --soft: #a3adb8; --paper: #15181c; --card: #1e2329; --line: #39414a; --edge: #6e7781; --accent: #ff9d57; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 2rem 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { max-width: 26rem; margin: 0 auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line);
          border-radius: .75rem; }
        .note { margin: 0 0 1rem; color: var(--accent); font-size: .875rem; font-weight: 600; }
        h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.25; }
        p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere; }
        p:last-child { margin-bottom: 0; }
        form { display: grid; gap: .75rem; margin-bottom: 1rem; }
        button { padding: .75rem 1rem; text-align: left; font: inherit; color: inherit; background: transparent; border: 1px solid var(--edge);
          border-radius: .5rem; cursor: pointer; overflow-wrap: anywhere; }
        button:hover { border-color: var(--accent); }
        button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        button strong, button span { display: block; }
        button span { color: var(--soft); font-size: .875rem; }
        a { color: var(--accent); }
        """;

    /// <summary>The page.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="content">HTML in which all plain text is already encoded.</param>
    public static string Render(string title, string content) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <p class="note">Access emulator &mdash; this is not Cloudflare</p>
        <h1>{Text(title)}</h1>
        {content}
        </main>
        </body>
        </html>

        """;

    /// <summary>Plain text as HTML, in content and in quoted attributes.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
