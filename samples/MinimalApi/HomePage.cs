namespace MinimalApi;

internal static class HomePage
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>CfAccess sample</title>
        <style>
        :root { color-scheme: light dark; }
        body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
        </style>
        </head>
        <body>
        <h1>An app behind Cloudflare Access</h1>
        <p>This page is public. In Development the Access emulator stands before the app; elsewhere your team does.</p>
        <ul>
        <li><a href="/me">/me</a> is for whoever is logged in, and says who that is</li>
        <li><a href="/admin">/admin</a> is for people in the group <em>platform</em></li>
        <li><a href="/robots">/robots</a> is for a service token</li>
        <li><a href="/whoami">/whoami</a> is for everyone, and says whether you are known</li>
        <li><a href="/cdn-cgi/access/logout">Log out</a></li>
        </ul>
        </body>
        </html>

        """;
}
