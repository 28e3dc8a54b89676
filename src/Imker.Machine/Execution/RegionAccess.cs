namespace Imker.Machine;

/// <summary>What a program may do with a region of memory, or wants to.</summary>
[Flags]
public enum RegionAccess : uint
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
}
