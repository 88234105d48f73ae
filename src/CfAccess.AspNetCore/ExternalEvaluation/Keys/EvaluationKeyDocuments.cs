using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// Makes one document of all keys, encrypted by Data Protection under a purpose of its own: who can read them can let anybody in, who can
/// write them too.
/// </summary>
internal sealed class EvaluationKeyDocuments(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("CfAccess.ExternalEvaluation", "Keys", "v1");

    public byte[] Write(IReadOnlyList<EvaluationKey> keys, string store)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new StoredKeys([.. keys.Select(key => key.Store())]), StoredKeysJson.Default.StoredKeys);
        try
        {
            return _protector.Protect(json);
        }
        catch (Exception exception)
        {
            // A key ring is the application's, and may throw anything.
            throw new EvaluationKeyStoreException(
                $"The keys of External Evaluation cannot be written to {store}, since Data Protection cannot encrypt them. Check its key ring.",
                exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }

    public IReadOnlyList<EvaluationKey> Read(byte[] document, string store)
    {
        byte[] json = [];
        try
        {
            json = _protector.Unprotect(document);
            return [.. JsonSerializer.Deserialize(json, StoredKeysJson.Default.StoredKeys)!.Keys.Select(EvaluationKey.Read)];
        }
        catch (Exception exception)
        {
            // Another key ring, another application's document, a document cut off: whatever it is, it is not overwritten.
            throw new EvaluationKeyStoreException(
                $"The keys of External Evaluation in {store} cannot be read: Data Protection cannot decrypt them with this application's key ring, or "
                + "they are damaged. Keep the key ring beside them (PersistKeysToFileSystem, say), and give all instances the same one and the same "
                + "SetApplicationName. If the key ring is lost, stop all instances and delete the keys: new ones are made at the next start, and "
                + "Access takes them from the keys URL.",
                exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(json);
        }
    }
}
