// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.DrillEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Rehearses failures of endpoints. A drill holds in this instance only, and neither other
 * instances nor the state store learn of what it causes. The circuit breaker and the
 * cool-downs of this instance react as they would to a real failure. A drill ends by its
 * length, by its number of requests, by {@link #end}, or with the process, whatever comes
 * first. Safe for use by several threads.
 */
public final class Drills implements AutoCloseable {

	static final Object MARK = Drills.class;

	private final Map<String, DrillStage> stages = new LinkedHashMap<>();

	private final EndpointGates gates;

	private final CallListener listener;

	/**
	 * Prepares drills. None runs.
	 * @param endpoints the endpoints
	 * @param gates their gates
	 * @param listener is told of beginnings and ends
	 */
	public Drills(List<Endpoint> endpoints, EndpointGates gates, CallListener listener) {
		this.gates = gates;
		this.listener = listener;
		for (Endpoint endpoint : endpoints) {
			this.stages.put(endpoint.name(),
					new DrillStage(endpoint, System::nanoTime, (drill, why) -> ended(endpoint, drill, why)));
		}
	}

	private void ended(Endpoint endpoint, RunningDrill drill, DrillEnd why) {
		this.gates.rehearsed(endpoint);
		this.listener
			.onEvent(new DrillEvent.Ended(endpoint.name(), drill.drill().fault().word(), drill.hits(), why.toString()));
	}

	/**
	 * Begins a drill. It replaces the endpoint's drill that runs, if there is one.
	 * @param endpoint name of the endpoint
	 * @param drill what goes wrong
	 * @return the drill as it begins
	 * @throws IllegalArgumentException if there is no such endpoint
	 * @throws IllegalStateException if the endpoint has a failure of its own: its circuit
	 * breaker is not closed, or it cools down, and no drill is the reason
	 */
	public DrillStatus begin(String endpoint, Drill drill) {
		DrillStage stage = stage(endpoint);
		RunningDrill running = new RunningDrill(drill, stage.now());
		synchronized (stage) {
			if (!this.gates.rehearse(stage.endpoint(), () -> stage.running() != null)) {
				throw new IllegalStateException("endpoint: '" + endpoint
						+ "' fails or cools down already (expected: one that answers, or that a drill broke)");
			}
			RunningDrill before = stage.running();
			if (before != null) {
				stage.end(before, DrillEnd.REPLACED);
			}
			stage.begin(running);
			running.endsWith(Schedulers.parallel()
				.schedule(() -> stage.end(running, DrillEnd.TIME), drill.length().toMillis(), TimeUnit.MILLISECONDS));
		}
		this.listener.onEvent(new DrillEvent.Began(endpoint, drill.fault().word(), drill.length(), drill.calls(),
				drill.share(), drill.only(), drill.reason()));
		return running.status(stage.now());
	}

	/**
	 * Ends the drill of an endpoint. What the drill caused ends as after a real failure,
	 * or by a {@link io.github.fallbackai.EndpointControl#reset reset}.
	 * @param endpoint name of the endpoint
	 * @return whether a drill ran
	 * @throws IllegalArgumentException if there is no such endpoint
	 */
	public boolean end(String endpoint) {
		DrillStage stage = stage(endpoint);
		RunningDrill running = stage.running();
		return running != null && stage.end(running, DrillEnd.OPERATOR);
	}

	/** The drills that run, by the name of their endpoint. */
	public Map<String, DrillStatus> running() {
		Map<String, DrillStatus> running = new LinkedHashMap<>();
		this.stages.forEach((endpoint, stage) -> {
			RunningDrill drill = stage.running();
			if (drill != null) {
				running.put(endpoint, drill.status(stage.now()));
			}
		});
		return running;
	}

	/**
	 * Puts drills between the engine and the clients of endpoints.
	 * @param clients the clients
	 * @return clients that fail during drills; those of other endpoints are the same
	 */
	public Function<Endpoint, EndpointClient> around(Function<Endpoint, EndpointClient> clients) {
		return (endpoint) -> {
			DrillStage stage = this.stages.get(endpoint.name());
			EndpointClient client = clients.apply(endpoint);
			return (stage != null) ? new DrilledClient(client, stage) : client;
		};
	}

	/**
	 * Marks a call for drills that are {@linkplain Drill#only() only} for such calls:
	 * {@code template.chat(request).contextWrite(Drills.marked("rehearsal"))}. Without
	 * such a drill the mark has no effect.
	 * @param mark the mark, {@code null} for none
	 * @return a function for {@code contextWrite}
	 */
	public static UnaryOperator<Context> marked(@Nullable String mark) {
		return (context) -> (mark != null) ? context.put(MARK, mark) : context;
	}

	private DrillStage stage(String endpoint) {
		DrillStage stage = this.stages.get(endpoint);
		if (stage == null) {
			throw new IllegalArgumentException(
					"endpoint: '" + endpoint + "' (expected: one of " + String.join(", ", this.stages.keySet()) + ")");
		}
		return stage;
	}

	/** Ends all drills. */
	@Override
	public void close() {
		this.stages.keySet().forEach(this::end);
	}

}
