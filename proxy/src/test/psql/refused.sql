truncate orders;
select '| goes on';
