// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No listener and no log is told of an error because a caller left at the wrong moment.
 */
@Tag("slow")
class LeavingCallerTests {

	@Test
	void leavingWhileTheAnswerArrivesIsNoError() {
		Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
		Flux<EndpointEvent> answer = Flux.just(new EndpointEvent.Text("Hi"),
				new EndpointEvent.Finished(FinishReason.STOP, "stop"));
		Endpoint endpoint = Endpoint.named("a").url(URI.create("http://localhost:1")).model("m").build();
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(endpoint)
			.listeners(List.of())
			.clients((any) -> (request) -> answer.subscribeOn(Schedulers.parallel()))
			.build()) {
			for (int i = 0; i < 20_000; i++) {
				Caller caller = new Caller(dropped);
				template.chat(ChatRequest.of("hello")).subscribe(caller);
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(50_000));
				caller.cancel();
			}
		}
		assertThat(dropped).isEmpty();
	}

	private static final class Caller extends BaseSubscriber<ChatResponse> {

		private final Queue<Throwable> dropped;

		private Caller(Queue<Throwable> dropped) {
			this.dropped = dropped;
		}

		@Override
		public Context currentContext() {
			Consumer<Throwable> drop = this.dropped::add;
			return Context.of("reactor.onErrorDropped.local", drop);
		}

	}

}
