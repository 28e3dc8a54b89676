namespace Imker.Linux;

/// <summary>A file that the user names is not taken: what was being done, why not, what to do.</summary>
public sealed class FileAccessException : IOException
{
    internal FileAccessException(string message)
        : base(message)
    {
    }
}
