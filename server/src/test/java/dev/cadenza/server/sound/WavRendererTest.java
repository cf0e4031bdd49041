package dev.cadenza.server.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavRendererTest {
    private static final int RATE = 44_100;

    @TempDir
    private Path folder = Path.of("");

    /** A4 from 1 to 2 s, by a tempo of one quarter a second. */
    private static Score oneNote(int pitch) {
        return Score.of(TempoMap.constant(100, 1_000_000), List.of(new Note(0, pitch, 100, 100, 100)));
    }

    /** The left channel. */
    private short[] rendered(Score score) throws Exception {
        Path file = folder.resolve("a.wav");
        WavRenderer.ofDefaultBank().render(score, file);
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
            assertThat(sound.getFormat().getSampleRate()).isEqualTo(44_100f);
            assertThat(sound.getFormat().getChannels()).isEqualTo(2);
            ByteBuffer bytes = ByteBuffer.wrap(sound.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            short[] left = new short[bytes.remaining() / 4];
            for (int i = 0; i < left.length; i++) {
                left[i] = bytes.getShort(i * 4);
            }
            return left;
        }
    }

    private static double loudness(short[] sound, double from, double to) {
        double sum = 0;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return Math.sqrt(sum / ((to - from) * RATE));
    }

    /** How much of a frequency there is (Goertzel). */
    private static double power(short[] sound, double from, double to, double hertz) {
        double re = 0;
        double im = 0;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            re += sound[i] * Math.cos(2 * Math.PI * hertz * i / RATE);
            im += sound[i] * Math.sin(2 * Math.PI * hertz * i / RATE);
        }
        return Math.hypot(re, im);
    }

    @Test
    void aNoteSoundsWhenAndWhereItIsWritten() throws Exception {
        short[] sound = rendered(oneNote(69));
        assertThat(sound.length / (double) RATE).isCloseTo(4.5, within(0.01));
        assertThat(loudness(sound, 0, 0.95)).isLessThan(2);
        assertThat(loudness(sound, 1.05, 1.8)).isGreaterThan(100);
        assertThat(loudness(sound, 4, 4.4)).isLessThan(loudness(sound, 1.05, 1.8) / 20);
        assertThat(power(sound, 1.1, 1.8, 440)).isGreaterThan(5 * power(sound, 1.1, 1.8, 466.16));
    }

    @Test
    void theSameScoreHasTheSameBytes() throws Exception {
        assertThat(rendered(oneNote(60))).isEqualTo(rendered(oneNote(60)));
        assertThat(rendered(oneNote(60))).isNotEqualTo(rendered(oneNote(61)));
    }

    @Test
    void aSoundFontGivesItsSounds() throws Exception {
        Path font = folder.resolve("small.sf2");
        // The bank that the JDK has for want of any other, written down as a font.
        Object bank = Class.forName("com.sun.media.sound.EmergencySoundbank")
                .getMethod("createSoundbank")
                .invoke(null);
        bank.getClass().getMethod("save", File.class).invoke(bank, font.toFile());

        WavRenderer renderer = WavRenderer.of(font);
        Path one = folder.resolve("one.wav");
        Path two = folder.resolve("two.wav");
        renderer.render(oneNote(69), one);
        WavRenderer.of(font).render(oneNote(69), two);
        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(renderer.id()).isEqualTo(WavRenderer.of(font).id());
        assertThat(renderer.id()).isNotEqualTo(WavRenderer.ofDefaultBank().id());
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(one.toFile())) {
            int greatest = 0;
            for (byte part : sound.readAllBytes()) {
                greatest = Math.max(greatest, part);
            }
            assertThat(greatest).isGreaterThan(50);
        }
    }

    @Test
    void whatIsNoSoundFontIsSaidSo() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.sf2"), "no font");
        assertThatThrownBy(() -> WavRenderer.of(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong.sf2 cannot be read as a sound font");
    }
}
