// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.autoconfigure.FallbackHttpClientCustomizer;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.SpendStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * One instance of an application that uses the starter, with a gateway, and what is
 * counted about it.
 */
final class SoakApplication implements AutoCloseable {

	private final String name;

	private final Tally tally = new Tally();

	/** Knows exactly how much is in use. */
	private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

	private final AtomicInteger gatewayConnections = new AtomicInteger();

	private final WrongClock clock = new WrongClock();

	private final ConfigurableApplicationContext context;

	/**
	 * Starts an instance.
	 * @param name its name among the instances
	 * @param properties its properties
	 */
	SoakApplication(String name, List<String> properties) {
		this.name = name;
		List<String> arguments = new ArrayList<>(properties);
		arguments.add("fallback.ai.state-store.instance-id=" + name);
		this.context = new SpringApplicationBuilder(Beans.class).web(WebApplicationType.REACTIVE)
			.registerShutdownHook(false)
			.initializers((ApplicationContextInitializer<GenericApplicationContext>) this::register)
			.run(arguments.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	private void register(GenericApplicationContext created) {
		created.registerBean(Tally.class, () -> this.tally);
		created.registerBean(WrongClock.class, () -> this.clock);
		created.registerBean(FallbackHttpClientCustomizer.class,
				() -> (client) -> client.option(ChannelOption.ALLOCATOR, this.buffers));
		created.registerBean("countedServer", WebServerFactoryCustomizer.class, this::serverCustomizer);
	}

	private WebServerFactoryCustomizer<NettyReactiveWebServerFactory> serverCustomizer() {
		return (factory) -> factory.addServerCustomizers(
				(server) -> server.childOption(ChannelOption.ALLOCATOR, this.buffers).doOnConnection((connection) -> {
					this.gatewayConnections.incrementAndGet();
					connection.channel().closeFuture().addListener((end) -> this.gatewayConnections.decrementAndGet());
				}));
	}

	String name() {
		return this.name;
	}

	int port() {
		return ((ReactiveWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	AiFallbackTemplate template() {
		return this.context.getBean(AiFallbackTemplate.class);
	}

	EndpointControl control() {
		return this.context.getBean(EndpointControl.class);
	}

	MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	boolean storeReachable() {
		return this.context.getBean(BreakerStateStore.class).reachable();
	}

	Tally tally() {
		return this.tally;
	}

	WrongClock clock() {
		return this.clock;
	}

	int gatewayConnections() {
		return this.gatewayConnections.get();
	}

	long bytesInBuffers() {
		return this.buffers.metric().usedDirectMemory() + this.buffers.metric().usedHeapMemory();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What the application brings itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		/** Budgets by a clock that may be wrong. */
		@Bean
		EndpointBudgets budgets(FallbackSetup setup, BreakerStateStore store, WrongClock clock) {
			return new EndpointBudgets(setup.onlyEndpoints(), (Clock) clock,
					(store instanceof SpendStore shared) ? shared : null, SoakProperties.SYNC, Schedulers.parallel());
		}

	}

}
