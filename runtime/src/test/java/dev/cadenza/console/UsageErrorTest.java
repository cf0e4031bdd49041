package dev.cadenza.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UsageErrorTest {
    @CommandLine.Command(name = "tool", mixinStandardHelpOptions = true, subcommands = Play.class)
    private static final class Tool {}

    @CommandLine.Command(name = "play", mixinStandardHelpOptions = true)
    private static final class Play implements Runnable {
        @CommandLine.Option(names = "--notes", description = "How many.")
        private int notes;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "--notes (" + notes + ") must be 1..10");
        }
    }

    private static String said(String arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Tool())
                .setParameterExceptionHandler(UsageError::print)
                .setErr(new PrintWriter(err));
        assertThat(command.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(ExitCode.USAGE);
        return err.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "play --notes 11|--notes (11) must be 1..10|tool play",
                "play --nots 3|--notes|tool play",
                "play --notes x|--notes|tool play",
                "plya|play|tool",
            })
    void saysWhatIsWrongAndWhereTheOptionsAreListed(String arguments, String what, String command) {
        assertThat(said(arguments)).contains(what, "'" + command + " --help' lists the options");
        assertThat(said(arguments).strip().lines()).hasSizeBetween(2, 4);
        assertThat(said(arguments)).doesNotContain("Usage:");
    }

    @Test
    void namesTheCommandsWhereNoneIsGiven() {
        assertThat(said("")).contains("Commands: play");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1, 1 byte", "900, 900 bytes", "1536, 1.5 KiB", "1048576, 1 MiB", "67108864, 64 MiB"})
    void sizesAreSaidAsPeopleDo(long bytes, String said) {
        assertThat(ByteSize.of(bytes)).isEqualTo(said);
    }
}
