// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.ProviderRules;

/**
 * A provider that answers and fails on a script, over real HTTP on 127.0.0.1. It speaks
 * the format of the path that is requested and accepts any key.
 *
 * <p>
 * When a request has arrived, the next outcome of the queue ({@link #next}) decides what
 * happens to it. If the queue is empty, the default decides ({@link #always},
 * {@link #script}), which is a healthy answer. Everything may be changed while requests
 * are under way, from any thread; the methods that wait must not be called on an event
 * loop. The server starts at the first use of its address and stops with
 * {@link #close()}; its threads are daemons. JUnit tests use
 * {@link ProviderSimulatorExtension}.
 */
public class ProviderSimulator implements AutoCloseable {

	private final SimulatorOptions options;

	private final Behaviour behaviour;

	private final RequestLog requests;

	private final Gate gate = new Gate();

	private final Object lifecycle = new Object();

	private @Nullable SimulatorServer server;

	ProviderSimulator(SimulatorOptions options) {
		this.options = options;
		this.behaviour = new Behaviour(options.signature());
		this.requests = new RequestLog(options.recordedRequests());
	}

	/**
	 * Creates a simulator on a free port.
	 * @return the simulator, not started yet
	 */
	public static ProviderSimulator create() {
		return create(SimulatorOptions.defaults());
	}

	/**
	 * Creates a simulator on a free port that stands for an endpoint.
	 * @param endpoint the endpoint's name in {@code fallback.ai.endpoints}
	 * @return the simulator, not started yet
	 */
	public static ProviderSimulator forEndpoint(String endpoint) {
		return create(SimulatorOptions.forEndpoint(endpoint));
	}

	/**
	 * Creates a simulator.
	 * @param options name, port, signature, memory
	 * @return the simulator, not started yet
	 */
	public static ProviderSimulator create(SimulatorOptions options) {
		return new ProviderSimulator(options);
	}

	/**
	 * Starts the server unless it runs.
	 * @return this simulator
	 * @throws reactor.netty.ChannelBindException if the port is taken
	 */
	public ProviderSimulator start() {
		server();
		return this;
	}

	/**
	 * Closes the port and all connections, and waits until that is done. A later use
	 * starts the simulator again, on another port unless one was chosen.
	 */
	@Override
	public void close() {
		synchronized (this.lifecycle) {
			if (this.server != null) {
				this.server.close();
				this.server = null;
			}
		}
	}

	/**
	 * Returns the name of the endpoint this simulator stands for.
	 * @return the name, empty for none
	 */
	public String endpoint() {
		return this.options.endpoint();
	}

	/**
	 * Returns the port; starts the server if needed.
	 * @return the port on 127.0.0.1; it stays the same until {@link #close()}
	 */
	public int port() {
		return server().port();
	}

	/**
	 * Returns the base URL for any provider's client; starts the server if needed.
	 * @return {@code http://127.0.0.1:PORT/v1}
	 */
	public String url() {
		return "http://127.0.0.1:" + port() + "/v1";
	}

	/**
	 * Returns the properties that connect the endpoint to this simulator; starts the
	 * server if needed.
	 * @return {@code fallback.ai.overrides.<endpoint>.url=<url>} and a made-up
	 * {@code api-key}, so that an endpoint with a blank key takes part and a real key is
	 * not sent
	 * @throws IllegalStateException if the simulator stands for no endpoint
	 */
	public String[] properties() {
		if (endpoint().isEmpty()) {
			throw new IllegalStateException("endpoint: none (expected: ProviderSimulator.forEndpoint(name))");
		}
		String overrides = "fallback.ai.overrides." + endpoint();
		return new String[] { overrides + ".url=" + url(), overrides + ".api-key=simulated" };
	}

	/**
	 * Appends outcomes to the queue; each is consumed by one question.
	 * @param outcomes what happens to the next requests, in order
	 */
	public void next(Outcome... outcomes) {
		this.behaviour.enqueue(List.of(outcomes));
	}

	/**
	 * Sets what happens to requests while the queue is empty.
	 * @param outcome the outcome of each of them
	 */
	public void always(Outcome outcome) {
		script((request) -> outcome);
	}

	/**
	 * Decides request by request while the queue is empty.
	 * @param script called on an event loop, maybe concurrently: it must not block. If it
	 * throws, the request gets status 500
	 */
	public void script(Function<RecordedRequest, Outcome> script) {
		this.behaviour.script(script);
	}

	/**
	 * Sets what a healthy model says.
	 * @param answers the whole answer to a request, of which only the rest is sent if the
	 * request contains the beginning; called on an event loop, it must not block
	 */
	public void answers(Function<RecordedRequest, String> answers) {
		this.behaviour.answers(answers);
	}

	/**
	 * Sets how a healthy model goes on with an answer that was interrupted.
	 * @param continuation the way; default {@link Continuation#EXACT}
	 */
	public void continuation(Continuation continuation) {
		this.behaviour.continuation(continuation);
	}

	/**
	 * Sets how strictly answers are refused to conversations that the real provider would
	 * refuse. A request that fails for another reason is not looked at.
	 * @param rules the rules; default {@link ProviderRules#NONE}
	 * @see RecordedRequest#refusal()
	 */
	public void rules(ProviderRules rules) {
		this.behaviour.rules(rules);
	}

	/**
	 * Lets the provider have a prompt cache that reports what it does in the usage of its
	 * answers: which part of a prompt is the same, byte for byte, as the beginning of an
	 * earlier one. Anthropic's keeps what is marked, the others keep everything. There is
	 * no least length. All words of the prompt are counted, those of tools too.
	 * @param on whether there is a cache; there is none unless set. Each call empties it
	 */
	public void promptCache(boolean on) {
		this.behaviour.promptCache(on);
	}

	/**
	 * Returns what a healthy model says unless {@link #answers} tells otherwise: at least
	 * 20 words that depend on the question and the signature only.
	 * @param userMessage the last user message
	 * @return the answer
	 */
	public String answerTo(String userMessage) {
		return this.behaviour.answerTo(userMessage);
	}

	/**
	 * Returns the requests, also those that ask nothing.
	 * @return the latest requests, oldest first
	 */
	public List<RecordedRequest> requests() {
		return this.requests.all();
	}

	/**
	 * Returns how many requests arrived.
	 * @return the number, forgotten requests included
	 */
	public int requestCount() {
		return this.requests.count();
	}

	/**
	 * Waits for requests to arrive.
	 * @param count how many requests there must have been
	 * @param timeout how long to wait at most
	 * @return the latest requests, oldest first
	 * @throws AssertionError if there were fewer until then
	 */
	public List<RecordedRequest> awaitRequests(int count, Duration timeout) {
		return this.requests.await(count, timeout);
	}

	/**
	 * Returns how many connections are open.
	 * @return the number, idle ones included
	 */
	public int openConnections() {
		synchronized (this.lifecycle) {
			return (this.server != null) ? this.server.connections() : 0;
		}
	}

	/**
	 * Forgets all requests. Those under way go on as before.
	 */
	public void clear() {
		this.requests.clear();
	}

	/**
	 * Returns to the state of a new simulator: no queue, healthy, its port open, nothing
	 * frozen, no requests recorded. Responses that are being sent may end first.
	 * Connections on which a request hangs or waits are cut, and idle ones stay open.
	 */
	public void reset() {
		this.behaviour.reset();
		this.gate.open();
		synchronized (this.lifecycle) {
			if (this.server != null) {
				this.server.dropRestingConnections();
				this.server.accept();
			}
		}
		this.requests.clear();
	}

	/**
	 * Cuts all connections now, and waits until that is done.
	 */
	public void dropConnections() {
		server().dropConnections();
	}

	/**
	 * Closes the port and cuts all connections, and waits until that is done: clients get
	 * "connection refused" until {@link #acceptConnections()}.
	 */
	public void refuseConnections() {
		synchronized (this.lifecycle) {
			server().refuse();
		}
	}

	/**
	 * Opens the same port again.
	 */
	public void acceptConnections() {
		synchronized (this.lifecycle) {
			server().accept();
		}
	}

	/**
	 * Stops all present and future responses where they are: connections stay open, and
	 * nothing is sent until {@link #thaw()}.
	 */
	public void freeze() {
		this.gate.shut();
	}

	/**
	 * Lets all responses go on where {@link #freeze()} stopped them.
	 */
	public void thaw() {
		this.gate.open();
	}

	private SimulatorServer server() {
		synchronized (this.lifecycle) {
			if (this.server == null) {
				this.server = new SimulatorServer(this.options.port(),
						new RequestHandler(this.behaviour, this.requests, this.gate, this.options.scheduler()));
			}
			return this.server;
		}
	}

	@Override
	public String toString() {
		return "ProviderSimulator[" + endpoint() + "]";
	}

}
