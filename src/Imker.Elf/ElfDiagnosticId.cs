namespace Imker.Elf;

/// <summary>Ids of the findings about ELF files.</summary>
public static class ElfDiagnosticId
{
    /// <summary>The file is no ELF file at all.</summary>
    public const string NotElf = "IMK6001";

    /// <summary>The file contradicts itself or the format.</summary>
    public const string Malformed = "IMK6002";
}
