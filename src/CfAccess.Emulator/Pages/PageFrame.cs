using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace CfAccess.Emulator.Pages;

/// <summary>What every page of the emulator has around its own content.</summary>
internal static class PageFrame
{
    /// <summary>The one script: it copies, and shows the buttons for that only where it runs.</summary>
    private const string Script =
        "document.documentElement.classList.add('scripts');"
        + "document.addEventListener('click',function(e){var b=e.target.closest('[data-copy]');if(b)navigator.clipboard"
        + ".writeText(document.getElementById(b.dataset.copy).textContent).then(function(){b.textContent='Copied'})})";

    /// <summary>
    /// Allows the style and the script above, and nothing else. Without <c>form-action</c>: Chromium applies it to where a login leads too,
    /// which may be another port.
    /// </summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Hash($"\n{PageStyle.Css}\n")}'; script-src 'sha256-{Hash(Script)}'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The page.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="content">HTML in which all plain text is already encoded.</param>
    /// <param name="isWide">Whether it has more than one thing to show.</param>
    public static string Render(string title, string content, bool isWide = false) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)} – Access emulator</title>
        <style>
        {PageStyle.Css}
        </style>
        </head>
        <body{(isWide ? " class=\"wide\"" : string.Empty)}>
        <main>
        <p class="note">Access emulator &mdash; this is not Cloudflare</p>
        <h1>{Text(title)}</h1>
        {content}
        </main>
        {(isWide ? $"<script>{Script}</script>" : string.Empty)}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>Plain text as HTML, in content and in quoted attributes.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>A field of a form that people do not see.</summary>
    public static string Hidden(string name, string value) => $"""<input type="hidden" name="{Text(name)}" value="{Text(value)}">""";

    private static string Hash(string content) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
