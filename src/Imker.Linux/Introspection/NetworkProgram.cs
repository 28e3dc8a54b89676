namespace Imker.Linux;

/// <summary>A program on a network interface.</summary>
/// <param name="Interface">The interface's name.</param>
/// <param name="InterfaceIndex">Its number.</param>
/// <param name="Kind">Where it runs: <c>driver</c>, <c>generic</c> and <c>offload</c> of XDP; <c>tcx/ingress</c>, <c>clsact/egress</c> of traffic control.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="Name">What traffic control calls it; else empty.</param>
public sealed record NetworkProgram(string Interface, int InterfaceIndex, string Kind, uint ProgramId, string Name = "");
