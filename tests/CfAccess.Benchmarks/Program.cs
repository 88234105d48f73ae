using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Benchmarks.Parties;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
#pragma warning disable
{
    var good = BenchTeam.Person(1);
    Console.WriteLine(good.Length);
    var host = PartyHost.Start(Party.CfAccessUncached); var hit = PartyHost.Start(Party.CfAccess); var konst = PartyHost.Start(Party.Constant); var jb = PartyHost.Start(Party.JwtBearer);
    hit.Authenticate(good);
    var schemes = host.Services.GetRequiredService<AccessSchemes>();
    var v = schemes.Get("CloudflareAccess"); var vc = hit.Services.GetRequiredService<AccessSchemes>().Get("CloudflareAccess");
    var key = BenchTeam.SecurityKeys.Last();
    var h = new JsonWebTokenHandler { MapInboundClaims = false };
    var p = new TokenValidationParameters { ValidIssuer = TestTeam.Issuer, ValidAudience = TestTeam.Audience, ValidAlgorithms = ["RS256"], IssuerSigningKey = key, TryAllIssuerSigningKeys = false, LifetimeValidator = (_, e, _, _) => e is not null };
    var key2 = BenchTeam.SecurityKeys.Last(); key2.CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = new Own(new AsymmetricSignatureProvider(new RsaSecurityKey(((RsaSecurityKey)key2).Parameters), "RS256")) };
    var p2 = p.Clone(); p2.IssuerSigningKey = key2;
    var jwt = (JsonWebToken)h.ValidateTokenAsync(good, p).Result.SecurityToken;
    using var pub = System.Security.Cryptography.RSA.Create(BenchTeam.Key.Rsa.ExportParameters(false));
    var data = System.Text.Encoding.ASCII.GetBytes(good[..good.LastIndexOf('.')]); var sig = System.Buffers.Text.Base64Url.DecodeFromChars(good.AsSpan(good.LastIndexOf('.') + 1));
    var type = typeof(AccessSchemes).Assembly.GetType("CfAccess.AspNetCore.CloudflareAccessHandler")!;
    var sc = konst.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync("Constant").Result!;
    var sh = hit.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync("CloudflareAccess").Result!;
    var sj = jb.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync("Bearer").Result!;
    void Direct(PartyHost host, AuthenticationScheme s, string name, string value) { var c = new DefaultHttpContext { RequestServices = host.Services }; c.Request.Headers[name] = value; var x = (IAuthenticationHandler)host.Services.GetRequiredService(s.HandlerType); x.InitializeAsync(s, c).Wait(); var r = x.AuthenticateAsync().Result; }
    var unknown = new CfAccess.Testing.TokenMinter(TimeProvider.System, CfAccess.Testing.TestKey.Get("attacker")).Sign(BenchTeam.Payload(1));
    var badsig = good[..^4] + (good.EndsWith("AAAA") ? "BBBA" : "AAAA");
    var hdr = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("{\"alg\":\"RS256\",\"kid\":abc,\"typ\":\"JWT\"}")).TrimEnd('=').Replace('+','-').Replace('/','_') + good[good.IndexOf('.')..];
    vc.ValidateAsync(unknown, default).AsTask().Wait();
    int exc = 0; AppDomain.CurrentDomain.FirstChanceException += (_, e) => { exc++; };
    void Count(string what, Action a) { exc = 0; a(); Console.WriteLine($"{what}: {exc} exceptions"); }
    Count("badsig validator", () => { var r = vc.ValidateAsync(badsig, default).Result; }); Count("badsig jwt", () => jb.Authenticate(badsig)); Count("unknown ours", () => hit.Authenticate(unknown)); Count("badjson", () => hit.Authenticate(hdr)); Count("badjson jwt", () => jb.Authenticate(hdr)); Count("text jwt", () => jb.Authenticate("garbage"));
    var bearer = "Bearer " + good;
    var token = vc.ValidateAsync(good, default).Result.Token!;
    var parts = new (string, int, Action)[] {
        ("unknown validator", 5000, () => { var r = vc.ValidateAsync(unknown, default).Result; }),
        ("unknown host", 5000, () => hit.Authenticate(unknown)),
        ("unknown jwt", 500, () => jb.Authenticate(unknown)),
        ("badsig validator", 500, () => { var r = vc.ValidateAsync(badsig, default).Result; }),
        ("badsig IM", 500, () => { var r = h.ValidateTokenAsync(badsig, p).Result; }),
        ("badsig jwt", 500, () => jb.Authenticate(badsig)),
        ("badjson host", 500, () => hit.Authenticate(hdr)),
        ("badjson jwt", 500, () => jb.Authenticate(hdr)),
        ("exception msg", 5000, () => FailureWords.MessageOf(AccessFailureReason.Malformed)),
        ("raw", 500, () => pub.VerifyData(data, sig, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1)),
        ("IM validate", 500, () => { var r = h.ValidateTokenAsync(good, p).Result; }),
        ("IM custom", 500, () => { var r = h.ValidateTokenAsync(good, p2).Result; }),
        ("IM read", 5000, () => new JsonWebToken(good)),
        ("validator uncached", 500, () => { var r = v.ValidateAsync(good, default).Result; }),
        ("screen", 20000, () => TokenScreen.Check(good, 16384, out _)),
        ("payload", 20000, () => PayloadReader.TryRead(good, out _)),
        ("jwt.Claims", 5000, () => new JsonWebToken(good).Claims.Count()),
        ("host uncached", 500, () => host.Authenticate(good)),
        ("cache find", 20000, () => { var r = vc.ValidateAsync(good, default).Result; }),
        ("principal", 20000, () => token.Caller.Create()),
        ("host hit", 20000, () => hit.Authenticate(good)),
        ("host const", 20000, () => konst.Authenticate(good)),
        ("direct const", 20000, () => Direct(konst, sc, "Cf-Access-Jwt-Assertion", good)),
        ("direct hit", 20000, () => Direct(hit, sh, "Cf-Access-Jwt-Assertion", good)),
        ("direct jwt", 500, () => Direct(jb, sj, "Authorization", bearer)),
        ("direct jwt text", 5000, () => Direct(jb, sj, "Authorization", "Bearer garbage")),
        ("direct text", 20000, () => Direct(hit, sh, "Cf-Access-Jwt-Assertion", "garbage")),
    };
    var best = parts.ToDictionary(x => x.Item1, _ => (double.MaxValue, 0L)); for (int round = 0; round < 60; round++) foreach (var (name, n0, f) in parts)
        {
            var n = Math.Max(50, n0 / 10); var b = GC.GetAllocatedBytesForCurrentThread(); var t0 = TimeProvider.System.GetTimestamp();
            for (int i = 0; i < n; i++) f();
            var us = TimeProvider.System.GetElapsedTime(t0).TotalMicroseconds / n; best[name] = (Math.Min(best[name].Item1, us), (GC.GetAllocatedBytesForCurrentThread() - b) / n);
        }
    foreach (var (k, x) in best) Console.WriteLine($"{k,-20} {x.Item1:0.00} us {x.Item2} B"); }

sealed class Own(SignatureProvider p) : ICryptoProvider { public bool IsSupportedAlgorithm(string a, params object[] x) => a == "RS256"; public object Create(string a, params object[] x) => p; public void Release(object o) { } }
