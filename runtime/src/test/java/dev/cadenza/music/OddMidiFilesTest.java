package dev.cadenza.music;

import static dev.cadenza.music.ScoreAssert.assertThatScore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OddMidiFilesTest {
    static List<OddMidiFiles.Expected> files() {
        return OddMidiFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyOddFileIsReadWholeOrRefusedWithItsReason(OddMidiFiles.Expected expected) throws MidiFormatException {
        MidiReadOptions options = new MidiReadOptions(false, MidiLimits.CORPUS);
        byte[] data = expected.data();
        if (expected.isRefused()) {
            MidiFormatException refusal = catchThrowableOfType(
                    MidiFormatException.class, () -> MidiFiles.read(data, expected.file(), options));
            assertThat(refusal).as("refusal of " + expected.file()).isNotNull();
            assertThat(refusal.problem()).contains(expected.why());
            assertThat(refusal.offset()).isEqualTo(expected.micros());
        } else {
            assertThatScore(MidiFiles.read(data, expected.file(), options))
                    .hasNoteCount(expected.notes())
                    .lastsMicros(expected.micros());
        }
    }
}
