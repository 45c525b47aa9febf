using Sweeper.Training.Experiments;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

public sealed class PackConstantsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_constant_lives_as_long_as_its_pack_wherever_it_was_asked_for(bool isNested)
    {
        using var noGradient = no_grad();
        var kept = new List<Tensor>();
        using (var pack = NewDisposeScope())
        {
            var work = TestPacks.Pack([TestPacks.Trial(TestPacks.Point())], 1, ["loss"], 0);
            var program = TestPacks.Program(new TeacherStudent(), work);
            var snapshot = new NetworkSnapshot(program, program.Initial, new PackConstants(pack));
            using (isNested ? NewDisposeScope() : null)
            {
                var modes = snapshot.Get(new TeacherModes("train"));
                kept.AddRange([modes.U, modes.S, modes.V, snapshot.Get(new TargetPower("train"))]);
            }

            Assert.All(kept, constant => Assert.False(constant.IsInvalid));
            Assert.Same(kept[1], snapshot.Get(new TeacherModes("train")).S);
        }

        Assert.All(kept, constant => Assert.True(constant.IsInvalid));
    }
}
