// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a script does while there is no connection.
 */
@Tag("slow")
class RedisScriptsTests {

	private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 10, "redis-scripts-tests", 60, true);

	@Test
	void givingUpWhileConnectingIsNoErrorToAnybodyElse() {
		Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
		Consumer<Throwable> drop = dropped::add;
		EndlessConnecting connecting = new EndlessConnecting();
		RedisScripts scripts = new RedisScripts(connecting, Duration.ofMillis(250), this.scheduler);
		Disposable waiting = scripts.run(RedisScripts.PING, List.of("key"), List.of())
			.subscribe(null, null, null, Context.of("reactor.onErrorDropped.local", drop));
		Awaitility.await().until(() -> connecting.begun.getCount() == 0);
		waiting.dispose();
		Awaitility.await().until(() -> connecting.interrupted.getCount() == 0);
		this.scheduler.disposeGracefully().block(Duration.ofSeconds(30));
		assertThat(dropped).isEmpty();
	}

	private static final class EndlessConnecting implements ReactiveRedisConnectionFactory {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch interrupted = new CountDownLatch(1);

		@Override
		public ReactiveRedisConnection getReactiveConnection() {
			this.begun.countDown();
			try {
				new CountDownLatch(1).await();
				throw new IllegalStateException();
			}
			catch (InterruptedException ex) {
				this.interrupted.countDown();
				throw new RedisConnectionFailureException("interrupted", ex);
			}
		}

		@Override
		public ReactiveRedisClusterConnection getReactiveClusterConnection() {
			throw new IllegalStateException("not a cluster");
		}

		@Override
		public DataAccessException translateExceptionIfPossible(RuntimeException ex) {
			return null;
		}

	}

}
