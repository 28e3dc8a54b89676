namespace Imker.Capture;

/// <summary>
/// What a file calls a link type (LINKTYPE_…) and what programs call it (DLT_…) is one number but for a few, which systems had numbered
/// differently before files were exchanged.
/// </summary>
internal static class LinkTypeNumbers
{
    private static readonly (int File, int Program)[] differing = [(100, 11), (101, 12), (102, 15), (103, 16), (106, 19)];

    internal static int FromFile(int value)
    {
        foreach ((int file, int program) in differing)
        {
            if (file == value)
                return program;
        }
        return value;
    }

    internal static int ToFile(int value)
    {
        foreach ((int file, int program) in differing)
        {
            if (program == value)
                return file;
        }
        return value;
    }
}
