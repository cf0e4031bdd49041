package dev.cadenza.server.sound;

import dev.cadenza.files.Sha256;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Soundbank;
import javax.sound.midi.Synthesizer;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.jspecify.annotations.Nullable;

/**
 * Renders scores to WAV: 44.1 kHz, 16 bits, stereo. One rendering at a time.
 *
 * <p>The JDK's synthesizer renders faster than it sounds through {@code AudioSynthesizer.openStream}, whose package the
 * launcher exports. Without a sound font it takes the JDK's own bank, or the host's: the same bytes everywhere need a
 * font.
 */
public final class WavRenderer {
    private static final AudioFormat FORMAT = new AudioFormat(44_100f, 16, 2, true, false);
    private static final String INTERFACE = "com.sun.media.sound.AudioSynthesizer";
    private static final int POLYPHONY = 192;
    private static final long TAIL_MICROS = 2_500_000;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final int ID_DIGITS = 16;

    private final @Nullable Soundbank bank;
    private final String id;

    private WavRenderer(@Nullable Soundbank bank, String id) {
        this.bank = bank;
        this.id = id;
    }

    /** A renderer with the JDK's or the host's sounds. */
    public static WavRenderer ofDefaultBank() {
        return new WavRenderer(null, "default bank of Java " + Runtime.version());
    }

    /**
     * A renderer with the sounds of a font.
     *
     * @param soundFont an SF2 or DLS file
     * @throws IOException if it cannot be read or is not a sound font; the message says so in one line
     */
    public static WavRenderer of(Path soundFont) throws IOException {
        try {
            Soundbank bank = MidiSystem.getSoundbank(soundFont.toFile());
            String sha256 = Sha256.hex(Files.readAllBytes(soundFont));
            return new WavRenderer(bank, "sound font " + sha256.substring(0, ID_DIGITS));
        } catch (InvalidMidiDataException | IOException | RuntimeException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(soundFont + " cannot be read as a sound font: " + why, e);
        }
    }

    /** What the sound depends on in addition to the score; part of entity tags. */
    public String id() {
        return id;
    }

    /** How long a score sounds, the last notes' ends included. */
    public static double seconds(Score score) {
        return seconds(score.durationMicros() / MICROS_PER_SECOND);
    }

    /** How long music of so many seconds sounds. */
    public static double seconds(double musicSeconds) {
        return musicSeconds + TAIL_MICROS / MICROS_PER_SECOND;
    }

    private record Event(long micros, boolean on, Note note) {}

    /**
     * Writes a score as a WAV file.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalStateException if this JDK's synthesizer cannot be used
     */
    public synchronized void render(Score score, Path to) throws IOException {
        try (Synthesizer synthesizer = MidiSystem.getSynthesizer();
                AudioInputStream sound = open(synthesizer)) {
            if (bank != null && !synthesizer.loadAllInstruments(bank)) {
                throw new IllegalStateException("the synthesizer takes no instrument of the sound font");
            }
            try (Receiver receiver = synthesizer.getReceiver()) {
                for (Event event : events(score)) {
                    Note note = event.note;
                    receiver.send(
                            new ShortMessage(
                                    event.on ? ShortMessage.NOTE_ON : ShortMessage.NOTE_OFF,
                                    0,
                                    note.pitch(),
                                    event.on ? note.velocity() : 0),
                            event.micros);
                }
                long frames = (long) (seconds(score) * FORMAT.getFrameRate());
                AudioInputStream whole = new AudioInputStream(sound, FORMAT, frames);
                AudioSystem.write(whole, AudioFileFormat.Type.WAVE, to.toFile());
            }
        } catch (MidiUnavailableException | InvalidMidiDataException e) {
            throw new IllegalStateException("this JDK's synthesizer does not render: " + e.getMessage(), e);
        }
    }

    /** Ends before beginnings, so that a key that is struck again sounds. */
    private static List<Event> events(Score score) {
        TempoMap tempo = score.tempoMap();
        List<Event> events = new ArrayList<>();
        for (Note note : score.notes()) {
            events.add(new Event(tempo.microsAt(note.startTick()), true, note));
            events.add(new Event(tempo.microsAt(note.endTick()), false, note));
        }
        events.sort(Comparator.comparingLong(Event::micros).thenComparing(Event::on));
        return events;
    }

    private AudioInputStream open(Synthesizer synthesizer) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("load default soundbank", bank == null);
        settings.put("max polyphony", POLYPHONY);
        try {
            Class<?> type = Class.forName(INTERFACE);
            Object stream =
                    type.getMethod("openStream", AudioFormat.class, Map.class).invoke(synthesizer, FORMAT, settings);
            return (AudioInputStream) stream;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the synthesizer does not open: " + e.getCause(), e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "this JVM does not let its synthesizer be used: start it with --add-exports"
                            + " java.desktop/com.sun.media.sound=ALL-UNNAMED, as the launcher does",
                    e);
        }
    }
}
