using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;

namespace Mvc;

public sealed record Note(string Author, string Text);

public sealed record NewNote([Required, StringLength(200)] string? Text);

/// <summary>The last notes, in memory.</summary>
public sealed class Notebook : ConcurrentQueue<Note>
{
    public void Add(string author, string text)
    {
        Enqueue(new(author, text));
        while (Count > 50 && TryDequeue(out _)) ;
    }
}
