namespace Imker.Linux;

/// <summary>What can be done with a directory.</summary>
internal enum DirectoryAccess
{
    Absent,
    Readable,
    Forbidden,
}
