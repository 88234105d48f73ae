namespace SignalR;

internal static class HomePage
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>CfAccess with SignalR</title>
        <style>
        :root { color-scheme: light dark; }
        body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
        input, button { font: inherit; padding: .3rem .6rem; }
        </style>
        </head>
        <body>
        <h1>A chat behind Cloudflare Access</h1>
        <p>Open this page in another browser too, and log in there as somebody else. A note reaches only your own pages.</p>
        <form id="form">
        <input id="text" aria-label="Text" autocomplete="off" required>
        <button value="Say">Say to all</button>
        <button value="Note">Note to myself</button>
        </form>
        <p id="state" role="status">Connecting …</p>
        <ul id="list" aria-live="polite"></ul>
        <p><a href="/cdn-cgi/access/logout">Log out</a></p>
        <script src="/lib/signalr.min.js"></script>
        <script src="/chat.js"></script>
        </body>
        </html>

        """;
}
