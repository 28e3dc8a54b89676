namespace Imker.Verifier.Calls;

/// <summary>Licences that are compatible with the GPL (kernel: <c>license_is_gpl_compatible</c>).</summary>
internal static class Licenses
{
    public static bool IsCompatible(string license) => license is "GPL" or "GPL v2" or "GPL and additional rights" or "Dual BSD/GPL" or "Dual MIT/GPL" or "Dual MPL/GPL";
}
