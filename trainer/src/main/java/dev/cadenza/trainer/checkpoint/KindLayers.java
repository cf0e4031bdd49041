package dev.cadenza.trainer.checkpoint;

import dev.cadenza.pianoroll.RollEncoding;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** That a network has the layers of the kind that its checkpoint says it is of. */
final class KindLayers {
    private static final Map<String, String> ROLL_HEADS = Map.of(
            "lstm", NetworkNames.OUTPUT,
            "tp-lstm-nade", NetworkNames.NADE_HEAD,
            "balstm", NetworkNames.NOTE_AXIS_HEAD);

    private KindLayers() {}

    /**
     * Refuses a network of another kind; a kind that is unknown is for those to refuse who use it.
     *
     * @param names of its layers on disk, in order
     */
    static void require(CheckpointInfo info, List<String> names) throws CheckpointFormatException {
        boolean fits = switch (info.kind()) {
            case CheckpointInfo.PERFORMER ->
                begins(names, NetworkNames.PERFORMER_INPUT)
                        && isLstms(names.subList(1, names.size()), NetworkNames.PERFORMER_HEADS);
            case CheckpointInfo.PAPER -> isLstms(names, NetworkNames.OUTPUT);
            case CheckpointInfo.ROLL ->
                isLstms(
                        names,
                        Objects.requireNonNull(ROLL_HEADS.get(
                                RollEncoding.fromJson(info.encoding()).architecture())));
            default -> true;
        };
        if (!fits) {
            throw new CheckpointFormatException("layers of the network (" + names + ") are not those of kind "
                    + info.kind() + " with the encoding of " + CheckpointEntry.INFO.file());
        }
    }

    private static boolean begins(List<String> names, String first) {
        return !names.isEmpty() && names.get(0).equals(first);
    }

    /** Whether there are LSTMs and then that one. */
    private static boolean isLstms(List<String> names, String last) {
        return names.size() > 1
                && names.get(names.size() - 1).equals(last)
                && names.subList(0, names.size() - 1).stream()
                        .allMatch(name -> name.equals(NetworkNames.FUSED_LSTM) || name.equals(NetworkNames.LSTM));
    }
}
