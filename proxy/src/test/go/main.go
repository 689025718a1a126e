// Does through pgx what a program does. Runs the checks that the command line names and prints one line for each: its
// name, a tab, what came out. The address, the user, the token and TLS are in the environment, as libpq has them.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// So often that the driver has prepared the statement on the server.
const times = 7

const masked = "select email, national_id, card_number from customers where id = $1"

type check func(context.Context, *pgx.Conn) (string, error)

var checks = map[string]check{
	"sign-in": one("select 'signed in'"), "types": types, "transaction": transaction, "masked": mask, "refused": refused,
	"copy": copied, "cancel": cancelled, "cursor": cursor, "pipeline": pipelined, "batch": batched, "notify": notified,
}

// In each way that the driver has of sending a query: what it remembers of a statement, and text or binary.
var modes = []pgx.QueryExecMode{
	pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec,
	pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
}

func main() {
	for _, name := range os.Args[1:] {
		found, err := run(checks[name])
		if err != nil {
			found = fmt.Sprintf("failed: %v", err)
		}
		fmt.Printf("%s\t%s\n", name, strings.ReplaceAll(found, "\n", `\n`))
	}
}

func run(check check) (string, error) {
	ctx, done := context.WithTimeout(context.Background(), 5*time.Minute)
	defer done()
	conn, err := pgx.Connect(ctx, "")
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	return check(ctx, conn)
}

func one(query string) check {
	return func(ctx context.Context, conn *pgx.Conn) (found string, err error) {
		err = conn.QueryRow(ctx, query).Scan(&found)
		return
	}
}

func state(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return fmt.Sprint(err)
}

func goesOn(ctx context.Context, conn *pgx.Conn, said string) (string, error) {
	rest, err := one("select ' goes on'")(ctx, conn)
	return said + rest, err
}

func types(ctx context.Context, conn *pgx.Conn) (string, error) {
	const query = `select $1::text, $2::int, $3::bigint, $4::numeric::text, $5::timestamp, $6::timestamptz, $7::date, $8::boolean,
		$9::int[], $10::json, $11::jsonb, $12::bytea, $13::text`
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	at := time.Date(2026, 2, 28, 23, 59, 59, 123456000, time.UTC)
	values := []any{"Grüße, 'quoted'\n", -42, int64(1)<<53 + 1, "12345678901234567890.0123456789", at, at, at, true,
		[]int32{1, 2, 3}, `{"a": [1, null]}`, `{"b": "ü"}`, all, nil}
	found := ""
	for _, mode := range modes {
		for range times {
			rows, err := conn.Query(ctx, query, append([]any{mode}, values...)...)
			if err != nil {
				return "", err
			}
			row, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) ([]any, error) { return row.Values() })
			if err != nil {
				return "", fmt.Errorf("%v: %w", mode, err)
			}
			found = fmt.Sprintf("%v", row)
		}
		found += fmt.Sprintf(" %v", mode)
	}
	return found, nil
}

func transaction(ctx context.Context, conn *pgx.Conn) (string, error) {
	insert := func(tx pgx.Tx, id int) error {
		_, err := tx.Exec(ctx, "insert into kept values ($1)", id)
		return err
	}
	if _, err := conn.Exec(ctx, "create temp table kept (id int)"); err != nil {
		return "", err
	}
	failure := ""
	err := pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.RepeatableRead}, func(tx pgx.Tx) error {
		if err := insert(tx, 1); err != nil {
			return err
		}
		// A transaction in a transaction is a savepoint.
		failure = state(pgx.BeginFunc(ctx, tx, func(inner pgx.Tx) error {
			if err := insert(inner, 2); err != nil {
				return err
			}
			_, err := inner.Exec(ctx, "select 1 / 0")
			return err
		}))
		return insert(tx, 3)
	})
	if err != nil {
		return "", err
	}
	kept, err := one("select array_agg(id order by id)::text from kept")(ctx, conn)
	return failure + " " + kept, err
}

func mask(ctx context.Context, conn *pgx.Conn) (string, error) {
	found := ""
	for _, mode := range modes {
		for range times {
			var email, id, card string
			if err := conn.QueryRow(ctx, masked, mode, 1).Scan(&email, &id, &card); err != nil {
				return "", err
			}
			if row := email + " " + id + " " + card; found == "" {
				found = row
			} else if found != row {
				return found + " / " + row, nil
			}
		}
	}
	return found, nil
}

func refused(ctx context.Context, conn *pgx.Conn) (string, error) {
	said := ""
	for _, mode := range modes {
		_, err := conn.Exec(ctx, "truncate orders", mode)
		var e *pgconn.PgError
		if !errors.As(err, &e) {
			return "", fmt.Errorf("%v: %w", mode, err)
		}
		said = fmt.Sprintf("%s %s | %s |", e.Code, e.Message, e.Hint)
	}
	return goesOn(ctx, conn, said)
}

func copied(ctx context.Context, conn *pgx.Conn) (string, error) {
	if _, err := conn.Exec(ctx, "create temp table copied (id int, t text, at timestamptz)"); err != nil {
		return "", err
	}
	rows := pgx.CopyFromSlice(1000, func(i int) ([]any, error) {
		return []any{i, fmt.Sprint("row ", i), time.Unix(int64(i), 0)}, nil
	})
	in, err := conn.CopyFrom(ctx, pgx.Identifier{"copied"}, []string{"id", "t", "at"}, rows)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	tag, err := conn.PgConn().CopyTo(ctx, &out, "copy copied to stdout")
	if err != nil {
		return "", err
	}
	again, err := conn.PgConn().CopyFrom(ctx, &out, "copy copied from stdin")
	return fmt.Sprintf("%d %v %v", in, tag, again), err
}

func cancelled(ctx context.Context, conn *pgx.Conn) (string, error) {
	again := time.NewTicker(time.Second)
	ended, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-again.C:
				_ = conn.PgConn().CancelRequest(ctx)
			case <-ended:
				return
			}
		}
	}()
	_, err := conn.Exec(ctx, "select pg_sleep(60)")
	again.Stop()
	close(ended)
	<-stopped
	return goesOn(ctx, conn, state(err))
}

func cursor(ctx context.Context, conn *pgx.Conn) (string, error) {
	count, sum := 0, 0
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "declare walk cursor for select id from orders order by id"); err != nil {
			return err
		}
		for {
			rows, err := tx.Query(ctx, "fetch 7 from walk")
			if err != nil {
				return err
			}
			ids, err := pgx.CollectRows(rows, pgx.RowTo[int])
			if err != nil || len(ids) == 0 {
				return err
			}
			for _, id := range ids {
				count, sum = count+1, sum+id
			}
		}
	})
	return fmt.Sprint(count, " ", sum), err
}

func pipelined(ctx context.Context, conn *pgx.Conn) (string, error) {
	pipeline := conn.PgConn().StartPipeline(ctx)
	pipeline.SendPrepare("number", "select $1::int", nil)
	for i := range 100 {
		pipeline.SendQueryPrepared("number", [][]byte{fmt.Append(nil, i)}, nil, nil)
	}
	if err := pipeline.Sync(); err != nil {
		return "", err
	}
	// What comes before a failure counts, what comes after it up to the next synchronisation does not.
	pipeline.SendQueryParams("select 1 / 0", nil, nil, nil, nil)
	pipeline.SendQueryParams("select 2", nil, nil, nil, nil)
	if err := pipeline.Sync(); err != nil {
		return "", err
	}
	read, syncs, failure := 0, 0, ""
	for syncs < 2 {
		results, err := pipeline.GetResults()
		switch results := results.(type) {
		case *pgconn.ResultReader:
			if err := results.Read().Err; err != nil {
				failure = state(err)
			} else {
				read++
			}
		case *pgconn.PipelineSync:
			syncs++
		}
		if err != nil {
			failure = state(err)
		}
	}
	if err := pipeline.Close(); err != nil && state(err) != failure {
		return "", err
	}
	return goesOn(ctx, conn, fmt.Sprint(read, " ", failure))
}

func batched(ctx context.Context, conn *pgx.Conn) (string, error) {
	if _, err := conn.Exec(ctx, "create temp table batch (id int, t text)"); err != nil {
		return "", err
	}
	batch := &pgx.Batch{}
	for i := range 300 {
		batch.Queue("insert into batch values ($1, $2)", i, fmt.Sprint("row ", i))
	}
	if err := conn.SendBatch(ctx, batch).Close(); err != nil {
		return "", err
	}
	// A batch without a transaction around it is one: nothing of this one stays.
	failing := &pgx.Batch{}
	failing.Queue("insert into batch values (-1, '')")
	failing.Queue("insert into batch values (-2, 1 / 0)")
	failure := state(conn.SendBatch(ctx, failing).Close())
	count, err := one("select count(*)::text from batch")(ctx, conn)
	return failure + " " + count, err
}

func notified(ctx context.Context, conn *pgx.Conn) (string, error) {
	if _, err := conn.Exec(ctx, "listen bell"); err != nil {
		return "", err
	}
	if _, err := run(one("select pg_notify('bell', 'rung')::text")); err != nil {
		return "", err
	}
	heard, err := conn.WaitForNotification(ctx)
	if err != nil {
		return "", err
	}
	return heard.Channel + " " + heard.Payload, nil
}
