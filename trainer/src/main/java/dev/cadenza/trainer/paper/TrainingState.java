package dev.cadenza.trainer.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.parallel.CarriedState;
import java.util.ArrayList;
import java.util.List;

/** Where a run stands: all that a resumed run needs beside the network and its updater's state. */
final class TrainingState {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Epochs and, within the current one, batches that are done. */
    int epoch;

    int batch;
    long updates;
    long notes;
    double seconds;
    double epochLossSum;
    double bestValidation = Double.POSITIVE_INFINITY;
    long bestUpdate;
    int validationsSinceBest;

    /** By replica; empty when the preset carries no state, or an epoch has just begun. */
    List<CarriedState> carried = List.of();

    static TrainingState fromJson(ObjectNode node) {
        TrainingState state = new TrainingState();
        state.epoch = node.path("epoch").asInt();
        state.batch = node.path("batch").asInt();
        state.updates = node.path("updates").asLong();
        state.notes = node.path("notes").asLong();
        state.seconds = node.path("seconds").asDouble();
        state.epochLossSum = node.path("epoch_loss_sum").asDouble();
        state.bestValidation = node.path("best_validation_mse").asDouble(Double.POSITIVE_INFINITY);
        state.bestUpdate = node.path("best_update").asLong();
        state.validationsSinceBest = node.path("validations_since_best").asInt();
        List<CarriedState> carried = new ArrayList<>();
        node.path("carried").forEach(replica -> carried.add(CarriedState.fromJson(replica)));
        state.carried = carried;
        return state;
    }

    ObjectNode toJson() {
        ObjectNode node = JSON.createObjectNode();
        node.put("epoch", epoch).put("batch", batch).put("updates", updates).put("notes", notes);
        node.put("seconds", seconds).put("epoch_loss_sum", epochLossSum);
        if (bestValidation < Double.POSITIVE_INFINITY) {
            node.put("best_validation_mse", bestValidation);
        }
        node.put("best_update", bestUpdate).put("validations_since_best", validationsSinceBest);
        if (!carried.isEmpty()) {
            ArrayNode replicas = node.putArray("carried");
            carried.forEach(state -> replicas.add(state.toJson()));
        }
        return node;
    }
}
