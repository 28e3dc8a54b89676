namespace Imker.Filter.Optimization;

/// <summary>Why a filter cannot be had, as its optimizer finds out; the same that libpcap's refuses.</summary>
public enum OptimizationFault
{
    None,

    /// <summary>A number is divided by what turned out to be zero.</summary>
    DivisionByZero,

    /// <summary>As <see cref="DivisionByZero"/>, of the remainder.</summary>
    ModulusByZero,

    /// <summary>A number is shifted by what turned out to be more than 31.</summary>
    ShiftTooFar,

    /// <summary>No packet can pass: "expression rejects all packets".</summary>
    RejectsAll,
}
