// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.warmup;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.NativeDetector;

/**
 * Makes calls with the dialects of the endpoints to a server of its own, on a thread of
 * its own, once in a process. No provider is asked. The calls have their own connections,
 * breakers and counters, so that nothing of them is seen in the application's.
 *
 * <p>
 * A native image has no classes to load, and needs none of this. A failure does not
 * matter: the first call of a user then takes as long as it would without.
 */
public final class WarmUp implements SmartInitializingSingleton, DisposableBean {

	static final String THREAD = "fallback-ai-warm-up";

	private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

	private static final AtomicBoolean STARTED = new AtomicBoolean();

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** The second call takes paths that the first one made possible. */
	private static final int ROUNDS = 2;

	private final Collection<Endpoint> endpoints;

	private volatile boolean stopped;

	/**
	 * Does nothing yet.
	 * @param endpoints what the application will call
	 */
	public WarmUp(Collection<Endpoint> endpoints) {
		this.endpoints = List.copyOf(endpoints);
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!NativeDetector.inNativeImage() && STARTED.compareAndSet(false, true)) {
			Thread thread = new Thread(this::tryRun, THREAD);
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public void destroy() {
		this.stopped = true;
	}

	private void tryRun() {
		long start = System.nanoTime();
		try {
			run();
			logger.debug("Warmed up in {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		}
		catch (Exception | LinkageError ex) {
			logger.debug("The warm-up failed", ex);
		}
	}

	/** Makes the calls, on the calling thread. */
	void run() throws SSLException {
		try (CannedProvider provider = CannedProvider.start()) {
			for (Dialect dialect : StandardDialects.all()) {
				Optional<Endpoint> first = this.endpoints.stream()
					.filter((endpoint) -> endpoint.provider().equals(dialect.provider()))
					.findFirst();
				if (first.isPresent()) {
					call(canned(first.get(), provider.url()));
				}
			}
		}
		if (this.endpoints.stream().anyMatch((endpoint) -> "https".equals(endpoint.url().getScheme()))) {
			greet();
		}
	}

	private void call(Endpoint endpoint) {
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.listeners(List.of())
			.endpoint(endpoint)
			.build()) {
			for (int round = 0; round < ROUNDS && !this.stopped; round++) {
				template.chat("Hello").block(LIMIT);
				template.streamText("Hello").blockLast(LIMIT);
			}
		}
	}

	private static Endpoint canned(Endpoint endpoint, URI url) {
		EndpointBuilder canned = Endpoint.named("warm-up")
			.provider(endpoint.provider())
			.url(url)
			.model("warm-up")
			.unaryAsStream(endpoint.unaryAsStream());
		endpoint.options().forEach(canned::option);
		return canned.build();
	}

	/** The first message of TLS is written, and not sent. */
	private static void greet() throws SSLException {
		var engine = SslContextBuilder.forClient()
			.build()
			.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", 443);
		engine.beginHandshake();
		engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
		engine.closeOutbound();
	}

}
