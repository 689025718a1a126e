create temp table copied (id int, t text);
copy copied from stdin;
1	one
2	\N
3	three\nlines
\.
copy copied to stdout;
copy copied to stdout with (format csv, header);
\copy (select count(*) from copied) to pstdout
