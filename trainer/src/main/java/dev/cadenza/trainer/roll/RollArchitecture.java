package dev.cadenza.trainer.roll;

import dev.cadenza.pianoroll.PianoRoll;
import java.util.Arrays;

/** The models of the source paper's likelihood table. */
public enum RollArchitecture {
    /** One LSTM over all keys at once; the keys of a step are independent given the steps before. */
    LSTM("lstm", "single LSTM", 1),
    /** A time axis tied over keys, and a NADE tied over keys. */
    TP_LSTM_NADE("tp-lstm-nade", "TP-LSTM-NADE", PianoRoll.KEYS),
    /** A time axis tied over keys, and an LSTM along the keys. */
    BALSTM("balstm", "BALSTM", PianoRoll.KEYS);

    private final String id;
    private final String title;
    private final int rows;

    RollArchitecture(String id, String title, int rows) {
        this.id = id;
        this.title = title;
        this.rows = rows;
    }

    /** As in names of presets and files. */
    public String id() {
        return id;
    }

    /** As in tables. */
    public String title() {
        return title;
    }

    /** The preset's name. */
    public String preset() {
        return "roll-" + id;
    }

    /**
     * Finds one by its preset's name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RollArchitecture ofPreset(String name) {
        return of(name.replaceFirst("^roll-", ""));
    }

    /** Rows of a batch that one sequence is. */
    public int rows() {
        return rows;
    }

    /** Whether one network serves all keys. */
    public boolean tied() {
        return rows > 1;
    }

    /**
     * Finds one by its id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static RollArchitecture of(String id) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("architecture (" + id + ") must be one of "
                        + Arrays.stream(values()).map(RollArchitecture::id).toList()));
    }
}
