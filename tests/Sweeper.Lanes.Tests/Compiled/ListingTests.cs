using Xunit;

namespace Sweeper.Lanes.Tests.Compiled;

public sealed class ListingTests
{
    private const string Written = """
        ; Assembly listing for method Example:Sums(ptr,int) (FullOpts)
        ; rbp based frame
        G_M000_IG01:                ;; offset=0x0000
               mov      r10d, dword ptr [rbp+0x20]
        G_M000_IG02:                ;; offset=0x0016
               xor      eax, eax
               jge      SHORT G_M000_IG04
        G_M000_IG03:                ;; offset=0x0099
               vmovups  ymm15, ymmword ptr [rbx]
               vfmadd231ps ymm3, ymm15, ymmword ptr [rsi]
               vfmadd213ps ymm4, ymm15, ymm11
               inc      r14d
               jl       SHORT G_M000_IG03
        G_M000_IG04:                ;; offset=0x0145
               vmovups  ymmword ptr [rbp-0x50], ymm3
               jl       G_M000_IG02
        ; Total bytes of code 467

        ; Assembly listing for method Example:Other(ptr) (FullOpts)
        ; rsp based frame
        G_M001_IG01:                ;; offset=0x0000
               vfmadd231ps ymm3, ymm15, ymmword ptr [rbp+0x20]
               vmovups  ymmword ptr [rsp+0x20], ymm3
               jne      G_M001_IG01
        """;

    [Fact]
    public void What_is_inside_of_inner_loops_is_counted_and_what_is_around_them_is_not()
    {
        var listings = Listing.All(Written);
        Assert.Equal(["Example:Sums(ptr,int) (FullOpts)", "Example:Other(ptr) (FullOpts)"], listings.Select(listing => listing.Method));
        Assert.Equal([new InnerLoop(MultiplyAdds: 2, OnStack: 0)], listings[0].InnerLoops());
        Assert.Equal([new InnerLoop(MultiplyAdds: 1, OnStack: 1)], listings[1].InnerLoops());
    }

    [Fact]
    public void A_sum_that_is_spilled_in_an_inner_loop_is_seen()
    {
        var spilled = Listing.All(Written.Replace("inc      r14d", "vmovups  ymmword ptr [rbp-0x50], ymm3", StringComparison.Ordinal));
        Assert.Equal([new InnerLoop(MultiplyAdds: 2, OnStack: 1)], spilled[0].InnerLoops());
    }

    [Fact]
    public void So_it_is_on_Arm()
    {
        var listing = Listing.All("""
            ; Assembly listing for method Example:Sums(ptr,int) (FullOpts)
            ; fp based frame
            G_M000_IG03:                ;; offset=0x0099
                        ldr     q16, [x0]
                        fmla    v20.4s, v16.4s, v17.4s
                        str     q20, [fp, #0x20]	// [V02 loc1]
                        str     q20, [sp, #0x10]
                        cbnz    w3, G_M000_IG03
            """);
        Assert.Equal([new InnerLoop(MultiplyAdds: 1, OnStack: 2)], listing[0].InnerLoops());
    }
}
