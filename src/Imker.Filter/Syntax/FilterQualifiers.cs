namespace Imker.Filter.Syntax;

/// <summary>The words before an identifier, or those taken over from the primitive before it: <c>tcp dst port</c>.</summary>
public readonly record struct FilterQualifiers(FilterProtocol Protocol, FilterDirection Direction, FilterAddressType AddressType)
{
    /// <summary>There are none: an identifier alone means nothing here.</summary>
    public static FilterQualifiers Undefined => default;
}
