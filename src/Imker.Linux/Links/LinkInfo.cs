using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>What the kernel says about a link.</summary>
/// <param name="Id">Its number, unique while it lives.</param>
/// <param name="Type">Its type.</param>
/// <param name="ProgramId">What it attaches; 0 for tables of functions.</param>
/// <param name="Target">What that is attached to.</param>
public sealed record LinkInfo(uint Id, LinkType Type, uint ProgramId, LinkTarget Target);
