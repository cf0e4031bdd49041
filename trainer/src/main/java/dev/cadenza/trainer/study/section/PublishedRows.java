package dev.cadenza.trainer.study.section;

import java.util.List;
import java.util.Map;

/**
 * Published log-likelihoods, nats per step of the test split. RNN (HF), RNN-RBM (HF) and RNN-NADE (HF): Boulanger-Lewandowski,
 * Bengio and Vincent, 2012. The others: Johnson, 2017, table 1, best and median of five.
 */
final class PublishedRows {
    private static final Map<String, Map<String, String>> ROWS = Map.of(
            "RNN (HF)", row("-8.58", "-7.19", "-3.89", "-7.66"),
            "RNN-RBM (HF)", row("-6.27", "-6.01", "-2.39", "-7.09"),
            "RNN-NADE (HF)", row("-5.56", "-5.60", "-2.31", "-7.05"),
            "LSTM-NADE (Johnson)", row("-6.00, -6.10", "-5.02, -5.03", "-2.02, -2.06", "-7.36, -7.39"),
            "TP-LSTM-NADE (Johnson)", row("-5.88, -5.92", "-4.32, -4.34", "-1.61, -1.64", "-5.44, -5.49"),
            "BALSTM (Johnson)", row("-5.05, -5.86", "-3.90, -4.41", "-1.55, -1.62", "-4.90, -5.00"));

    static final List<String> ORDER = List.of(
            "RNN (HF)",
            "RNN-RBM (HF)",
            "RNN-NADE (HF)",
            "LSTM-NADE (Johnson)",
            "TP-LSTM-NADE (Johnson)",
            "BALSTM (Johnson)");

    private PublishedRows() {}

    private static Map<String, String> row(String jsb, String muse, String nottingham, String piano) {
        return Map.of("jsb_chorales", jsb, "musedata", muse, "nottingham", nottingham, "piano_midi_de", piano);
    }

    /** What was published for a corpus; {@code -} when nothing was. */
    static String of(String row, String corpus) {
        return ROWS.getOrDefault(row, Map.of()).getOrDefault(corpus, "-");
    }
}
