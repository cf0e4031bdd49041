package dev.cadenza.trainer.study.result;

import java.util.ArrayList;
import java.util.List;

/** A validation of a training. */
public record CurvePoint(long update, double loss) {
    /** Points whose updates and losses were kept apart. */
    static List<CurvePoint> of(List<Long> updates, List<Double> losses) {
        List<CurvePoint> points = new ArrayList<>();
        for (int at = 0; at < losses.size(); at++) {
            points.add(new CurvePoint(updates.get(at), losses.get(at)));
        }
        return points;
    }
}
